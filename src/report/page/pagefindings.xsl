<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The findings, each with its evidence.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <xsl:template name="findings">
  <section id="page-findings" aria-labelledby="page-findings-h">
   <h2 id="page-findings-h">Findings and their evidence</h2>
   <xsl:variable name="all" select="w:series/w:comparison/w:change"/>
   <xsl:if test="not($all)"><p>Nothing differs in the lists of profiles.</p></xsl:if>
   <xsl:for-each select="$all[position() &lt;= $changes]"><xsl:call-template name="finding"/></xsl:for-each>
   <xsl:if test="count($all) + sum(w:series/w:comparison/@left_out) &gt; $changes">
    <p class="cut">
     <xsl:text>The first </xsl:text>
     <xsl:value-of select="$changes"/>
     <xsl:text> of </xsl:text>
     <xsl:value-of select="count($all) + sum(w:series/w:comparison/@left_out)"/>
     <xsl:text> changes are spelled out; the XML report has them all.</xsl:text>
    </p>
    <!-- Links from above lead here all the same. -->
    <ul class="names">
     <xsl:for-each select="$all[position() &gt; $changes]">
      <li id="{@id}">
       <xsl:call-template name="badge"><xsl:with-param name="word" select="@kind"/></xsl:call-template>
       <xsl:text> </xsl:text>
       <bdi><xsl:value-of select="@profile"/></bdi>
      </li>
     </xsl:for-each>
    </ul>
   </xsl:if>
  </section>
 </xsl:template>

 <!-- That profiles left with their hive is no deletion. -->
 <xsl:template name="replaced">
  <p>
   <strong>
    <xsl:choose>
     <xsl:when test="@is = 'older_copy'">An older copy of the hive stands in its place</xsl:when>
     <xsl:when test="@is = 'new'">Another hive, begun since, stands in place of the earlier one</xsl:when>
     <xsl:when test="@is = 'beside'">Another hive, used beside it before, stands in place of the earlier one</xsl:when>
     <xsl:otherwise>Another hive stands in place of the earlier one</xsl:otherwise>
    </xsl:choose>
   </strong>
   <xsl:text> (</xsl:text>
   <xsl:value-of select="@basis"/>
   <xsl:text> from the times of its keys: of </xsl:text>
   <xsl:value-of select="@own_keys"/>
   <xsl:text> that were written while the earlier one had profiles, </xsl:text>
   <xsl:value-of select="@kept"/>
   <xsl:text> stand in it unchanged</xsl:text>
   <xsl:if test="@undone">
    <xsl:text>; </xsl:text>
    <xsl:value-of select="@undone"/>
    <xsl:text> have gone back to times before </xsl:text>
    <xsl:call-template name="time"><xsl:with-param name="at" select="@branch"/></xsl:call-template>
   </xsl:if>
   <xsl:text>). What is missing by that need not have been deleted from a list: what became of the earlier hive after it was saved is not known.</xsl:text>
   <xsl:call-template name="whose"/>
  </p>
 </xsl:template>

 <xsl:template name="finding">
  <article id="{@id}">
   <h3>
    <xsl:call-template name="badge"><xsl:with-param name="word" select="@kind"/></xsl:call-template>
    <xsl:text> </xsl:text>
    <xsl:choose>
     <xsl:when test="@kind = 'default_changed'">DefaultProfile</xsl:when>
     <xsl:when test="@kind = 'store_removed'">the whole list</xsl:when>
     <xsl:otherwise><xsl:call-template name="name"><xsl:with-param name="text" select="@profile"/></xsl:call-template></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="whose"/>
    <xsl:text> </xsl:text>
    <a class="here" href="#{@id}" aria-label="Link to finding {@id}"><xsl:value-of select="@id"/></a>
   </h3>
   <dl class="facts">
    <xsl:if test="@kind = 'default_changed'">
     <div><dt>Before</dt><dd><bdi><xsl:value-of select="@profile"/></bdi><xsl:if test="not(@profile)">none</xsl:if></dd></div>
     <div><dt>After</dt><dd><bdi><xsl:value-of select="@new_name"/></bdi><xsl:if test="not(@new_name)">none</xsl:if></dd></div>
    </xsl:if>
    <xsl:if test="@new_name and @kind != 'default_changed'">
     <div><dt>New name</dt><dd><bdi><xsl:value-of select="@new_name"/></bdi></dd></div>
    </xsl:if>
    <div><dt>In</dt><dd class="path"><bdi><xsl:value-of select="@store_path"/></bdi></dd></div>
    <xsl:if test="@new_store_path">
     <div><dt>Now in</dt><dd class="path"><bdi><xsl:value-of select="@new_store_path"/></bdi></dd></div>
    </xsl:if>
    <xsl:if test="w:deletion"><div><dt>When</dt><dd><xsl:call-template name="dated"/></dd></div></xsl:if>
    <div>
     <dt>Certainty</dt>
     <dd>
      <xsl:call-template name="badge"><xsl:with-param name="word" select="@certainty"/></xsl:call-template>
      <ul class="plain">
       <xsl:for-each select="w:reason"><li><bdi><xsl:value-of select="."/></bdi></li></xsl:for-each>
      </ul>
     </dd>
    </div>
    <xsl:if test="@stands_in">
     <div>
      <dt>Stands in</dt>
      <dd>
       <xsl:choose>
        <xsl:when test="@stands_in = 'log'">
         <xsl:text>the log only, from entry </xsl:text>
         <xsl:value-of select="@log_sequence"/>
         <xsl:text> on: </xsl:text>
         <xsl:call-template name="file_of"><xsl:with-param name="input" select="@log"/></xsl:call-template>
         <xsl:if test="@log_exact = 0"> (an earlier entry may have made it)</xsl:if>
        </xsl:when>
        <xsl:otherwise>the hive file itself</xsl:otherwise>
       </xsl:choose>
      </dd>
     </div>
    </xsl:if>
    <xsl:apply-templates select="w:recovered_share"/>
    <xsl:apply-templates select="w:restore"/>
   </dl>
   <xsl:if test="w:deletion/w:bound">
    <details>
     <summary>What the dating rests on (<xsl:value-of select="count(w:deletion/w:bound)"/>)</summary>
     <table>
      <caption>Bounds of the deletion</caption>
      <thead><tr><th scope="col">Bound</th><th scope="col">Time</th><th scope="col">Read from</th><th scope="col">Where</th></tr></thead>
      <tbody>
       <xsl:for-each select="w:deletion/w:bound">
        <tr>
         <th scope="row" data-label="Bound">
          <xsl:choose><xsl:when test="@which = 'earliest'">not before</xsl:when><xsl:otherwise>not after</xsl:otherwise></xsl:choose>
         </th>
         <td data-label="Time">
          <xsl:call-template name="exact"><xsl:with-param name="at" select="@time"/></xsl:call-template>
          <span class="dim"> FILETIME <xsl:value-of select="@filetime"/></span>
         </td>
         <td data-label="Read from"><xsl:call-template name="words"><xsl:with-param name="code" select="@source"/></xsl:call-template></td>
         <td data-label="Where">
          <xsl:call-template name="file_of"><xsl:with-param name="input" select="@input"/></xsl:call-template>
          <xsl:text> at byte </xsl:text><xsl:value-of select="@offset"/>
         </td>
        </tr>
       </xsl:for-each>
      </tbody>
     </table>
    </details>
   </xsl:if>
   <xsl:if test="w:difference">
    <details>
     <summary>What differs (<xsl:value-of select="count(w:difference)"/>)</summary>
     <xsl:call-template name="differences"/>
    </details>
   </xsl:if>
   <xsl:for-each select="w:profile"><xsl:call-template name="profile"/></xsl:for-each>
   <xsl:call-template name="left_out"/>
  </article>
 </xsl:template>

 <xsl:template match="w:recovered_share">
  <div>
   <dt>Left in the later hive</dt>
   <dd>
    <xsl:choose>
     <xsl:when test="@completeness = 'none'">nothing was found</xsl:when>
     <xsl:otherwise>
      <xsl:value-of select="concat(@keys, ' of ', @keys + @keys_lost, ' keys, ', @values, ' of ', @values + @values_lost, ' values')"/>
      <xsl:if test="@data_lost &gt; 0">; the data of <xsl:value-of select="@data_lost"/> are lost</xsl:if>
      <xsl:if test="@heads_lost &gt; 0">; the first bytes of <xsl:value-of select="@heads_lost"/> are lost</xsl:if>
      <xsl:if test="@path_certainty">; path <xsl:value-of select="@path_certainty"/></xsl:if>
     </xsl:otherwise>
    </xsl:choose>
   </dd>
  </div>
 </xsl:template>

 <xsl:template match="w:restore">
  <div>
   <dt>Restoring</dt>
   <dd>
    <xsl:call-template name="badge"><xsl:with-param name="word" select="@outcome"/></xsl:call-template>
    <xsl:if test="@reason">
     <xsl:text> </xsl:text>
     <bdi><xsl:value-of select="@why"/></bdi>
     <xsl:if test="@remedy">
      <xsl:text>; </xsl:text>
      <bdi><xsl:call-template name="options"><xsl:with-param name="text" select="@remedy"/></xsl:call-template></bdi>
     </xsl:if>
     <xsl:if test="@basis"><span class="dim"> (<xsl:value-of select="@basis"/>)</span></xsl:if>
    </xsl:if>
    <xsl:if test="@file">
     <xsl:text> </xsl:text>
     <span class="mono"><bdi><xsl:value-of select="@file"/></bdi></span>
     <br/><span class="dim">SHA-256 <span class="mono"><xsl:value-of select="@sha256"/></span>;
      <xsl:call-template name="keys_values"/></span>
    </xsl:if>
    <xsl:if test="w:loss">
     <p>It does not bring back, or not as it was:</p>
     <ul><xsl:for-each select="w:loss"><li><bdi><xsl:value-of select="."/></bdi></li></xsl:for-each></ul>
    </xsl:if>
   </dd>
  </div>
 </xsl:template>

 <!-- The differences of a change or of a key that was asked for. -->
 <xsl:template name="differences">
  <xsl:if test="w:difference">
   <table>
    <caption>Keys and values that differ</caption>
    <thead><tr><th scope="col">Where</th><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
    <tbody>
     <xsl:for-each select="w:difference[position() &lt;= $cells]">
      <tr>
       <th scope="row" data-label="Where" class="path">
        <bdi><xsl:value-of select="@path"/></bdi>
        <xsl:if test="@name"><br/><bdi><xsl:value-of select="@name"/></bdi></xsl:if>
       </th>
       <td data-label="What"><xsl:call-template name="words"><xsl:with-param name="code" select="@kind"/></xsl:call-template></td>
       <td data-label="Before"><bdi><xsl:value-of select="@before"/></bdi></td>
       <td data-label="After"><bdi><xsl:value-of select="@after"/></bdi></td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
   <xsl:if test="w:difference/r:cellobject">
    <details>
     <summary>Their bytes</summary>
     <xsl:call-template name="cells">
      <xsl:with-param name="cell" select="w:difference/r:cellobject"/>
     </xsl:call-template>
    </details>
   </xsl:if>
   <xsl:call-template name="more">
    <xsl:with-param name="n" select="count(w:difference)"/>
    <xsl:with-param name="shown" select="$cells"/>
   </xsl:call-template>
   <xsl:if test="self::w:compared_key"><xsl:call-template name="left_out"/></xsl:if>
  </xsl:if>
 </xsl:template>
</xsl:stylesheet>
