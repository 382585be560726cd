<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- The profiles side by side, and the lists that they stand in.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <xsl:template name="profiles">
  <section id="page-profiles" aria-labelledby="page-profiles-h">
   <h2 id="page-profiles-h">
    <xsl:choose>
     <xsl:when test="$single">Profiles in the hive</xsl:when>
     <xsl:otherwise>Profiles before and after</xsl:otherwise>
    </xsl:choose>
   </h2>
   <xsl:for-each select="w:series">
    <div id="{@id}">
     <xsl:if test="$several"><h3><bdi><xsl:value-of select="@subject"/></bdi></h3></xsl:if>
     <xsl:for-each select="w:comparison[position() &lt;= 64]"><xsl:call-template name="side_by_side"/></xsl:for-each>
     <xsl:for-each select="w:snapshot"><xsl:call-template name="inventory"/></xsl:for-each>
    </div>
   </xsl:for-each>
  </section>
 </xsl:template>

 <xsl:template name="side_by_side">
  <xsl:variable name="d" select="@id"/>
  <xsl:variable name="before" select="key('id', @before)[self::w:snapshot]"/>
  <xsl:variable name="after" select="key('id', @after)[self::w:snapshot]"/>
  <xsl:variable name="left" select="$before/w:store/w:profile"/>
  <!-- Where lists were cut, what is not there says nothing. -->
  <xsl:variable name="cut" select="boolean(@left_out | $before/@left_out | $before/w:store/@left_out |
     $after/@left_out | $after/w:store/@left_out)"/>
  <xsl:variable name="new" select="$after/w:store/w:profile[
     not(key('profile', concat($before/@id, '|', ../@path, '|', @name))) and
     not(key('target', concat($d, '|', ../@path, '|', @name))[@kind = 'moved' or @kind = 'renamed']) and
     (not($cut) or key('target', concat($d, '|', ../@path, '|', @name)))]"/>
  <table id="{@id}" class="beside">
   <caption>
    <xsl:text>What stood in the lists: before (</xsl:text><bdi><xsl:value-of select="@before"/></bdi>
    <xsl:text>) and after (</xsl:text><bdi><xsl:value-of select="@after"/></bdi><xsl:text>)</xsl:text>
   </caption>
   <thead>
    <tr>
     <th scope="col">Profile</th><th scope="col">Before</th><th scope="col">After</th>
     <th scope="col">What changed</th>
    </tr>
   </thead>
   <tbody>
    <xsl:for-each select="$left[position() &lt;= $rows]">
     <xsl:variable name="change" select="key('change', concat($d, '|', ../@path, '|', @name))[@kind != 'added' and @kind != 'default_changed'][1]"/>
     <tr>
      <xsl:if test="$change"><xsl:attribute name="class">changed</xsl:attribute></xsl:if>
      <th scope="row" data-label="Profile"><xsl:call-template name="profile_head"/></th>
      <td data-label="Before"><xsl:call-template name="profile_size"/></td>
      <td data-label="After">
       <xsl:variable name="path" select="concat($change/@new_store_path, substring(../@path, 1 div not($change/@new_store_path)))"/>
       <xsl:variable name="name" select="concat($change/@new_name, substring(@name, 1 div not($change/@new_name)))"/>
       <xsl:variable name="now" select="key('profile', concat($after/@id, '|', $path, '|', $name))[1]"/>
       <xsl:choose>
        <xsl:when test="$now">
         <xsl:for-each select="$now">
          <xsl:if test="$change/@kind = 'moved' or $change/@kind = 'renamed'">
           <xsl:call-template name="profile_head"/><br/>
          </xsl:if>
          <xsl:call-template name="profile_size"/>
         </xsl:for-each>
        </xsl:when>
        <xsl:when test="not($cut) or $change/@kind = 'deleted' or $change/@kind = 'other_hive'"><strong>not found</strong></xsl:when>
        <xsl:otherwise>see the XML</xsl:otherwise>
       </xsl:choose>
      </td>
      <td data-label="What changed">
       <xsl:choose>
        <xsl:when test="$change">
         <xsl:call-template name="badge"><xsl:with-param name="word" select="$change/@kind"/></xsl:call-template>
         <xsl:text> </xsl:text>
         <xsl:call-template name="link"><xsl:with-param name="to" select="$change/@id"/></xsl:call-template>
        </xsl:when>
        <xsl:when test="$cut">see the XML</xsl:when>
        <xsl:otherwise>= the same</xsl:otherwise>
       </xsl:choose>
      </td>
     </tr>
    </xsl:for-each>
    <xsl:for-each select="$new[position() &lt;= $rows]">
     <xsl:variable name="change" select="key('target', concat($d, '|', ../@path, '|', @name))[1]"/>
     <tr class="changed">
      <th scope="row" data-label="Profile"><xsl:call-template name="profile_head"/></th>
      <td data-label="Before">not found</td>
      <td data-label="After"><xsl:call-template name="profile_size"/></td>
      <td data-label="What changed">
       <xsl:call-template name="badge"><xsl:with-param name="word" select="'added'"/></xsl:call-template>
       <xsl:text> </xsl:text>
       <xsl:call-template name="link"><xsl:with-param name="to" select="$change/@id"/></xsl:call-template>
      </td>
     </tr>
    </xsl:for-each>
    <xsl:if test="not($left) and not($new)"><tr><td colspan="4">Neither hive holds a profile.</td></tr></xsl:if>
   </tbody>
  </table>
  <xsl:call-template name="more">
   <xsl:with-param name="n" select="count($left) + sum($before/w:store/@left_out)"/>
   <xsl:with-param name="shown" select="$rows"/>
  </xsl:call-template>
  <xsl:for-each select="w:compared_key">
   <p>Key <span class="mono"><bdi><xsl:value-of select="@path"/></bdi></span>:
    <xsl:call-template name="many">
     <xsl:with-param name="n" select="@differences"/>
     <xsl:with-param name="of" select="'difference'"/>
    </xsl:call-template>
    <xsl:if test="@before = 0">; not found before</xsl:if>
    <xsl:if test="@after = 0">; not found after</xsl:if>
   </p>
   <xsl:call-template name="differences"/>
  </xsl:for-each>
 </xsl:template>

 <xsl:template name="profile_head">
  <xsl:call-template name="name"><xsl:with-param name="text" select="@name"/></xsl:call-template>
  <br/>
  <span class="dim">
   <xsl:call-template name="list_name">
    <xsl:with-param name="list" select="../@list"/>
    <xsl:with-param name="path" select="../@path"/>
   </xsl:call-template>
  </span>
 </xsl:template>

 <xsl:template name="profile_size">
  <xsl:call-template name="many">
   <xsl:with-param name="n" select="@sections"/>
   <xsl:with-param name="of" select="'section'"/>
  </xsl:call-template>
  <xsl:text>, </xsl:text>
  <xsl:call-template name="many">
   <xsl:with-param name="n" select="@values"/>
   <xsl:with-param name="of" select="'value'"/>
  </xsl:call-template>
  <xsl:if test="@default = 1">, <strong>default</strong></xsl:if>
  <xsl:if test="@completeness != 'whole'">, <strong>not read whole</strong></xsl:if>
 </xsl:template>

 <!-- The lists of a snapshot, and its profiles where they are spelled out. -->
 <xsl:template name="inventory">
  <details id="{@id}">
   <xsl:if test="$single"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
   <summary>
    <xsl:text>Lists of </xsl:text><bdi><xsl:value-of select="@id"/></bdi>
    <xsl:text> (</xsl:text><xsl:call-template name="snapshot_label"/><xsl:text>): </xsl:text>
    <xsl:call-template name="many">
     <xsl:with-param name="n" select="count(w:store/w:profile) + sum(w:store/@left_out)"/>
     <xsl:with-param name="of" select="'profile'"/>
    </xsl:call-template>
   </summary>
   <table>
    <caption>Lists of profiles in <bdi><xsl:value-of select="@id"/></bdi></caption>
    <thead>
     <tr><th scope="col">List</th><th scope="col">Last written</th><th scope="col">Profiles</th><th scope="col">DefaultProfile</th></tr>
    </thead>
    <tbody>
     <xsl:for-each select="w:store">
      <tr id="{@id}">
       <th scope="row" data-label="List" class="path"><bdi><xsl:value-of select="@path"/></bdi></th>
       <td data-label="Last written">
        <xsl:choose>
         <xsl:when test="@present = 0">not found</xsl:when>
         <xsl:otherwise><xsl:call-template name="exact"><xsl:with-param name="at" select="@mtime"/></xsl:call-template></xsl:otherwise>
        </xsl:choose>
       </td>
       <td data-label="Profiles">
        <xsl:value-of select="count(w:profile)"/>
        <xsl:if test="@left_out"> and <xsl:value-of select="@left_out"/> more</xsl:if>
       </td>
       <td data-label="DefaultProfile">
        <xsl:for-each select="w:default_profile">
         <bdi><xsl:value-of select="@name"/></bdi>
         <xsl:if test="@resolved = 0"> <strong>, which is not there</strong></xsl:if>
        </xsl:for-each>
        <xsl:if test="not(w:default_profile)">none</xsl:if>
       </td>
      </tr>
     </xsl:for-each>
     <xsl:if test="not(w:store)"><tr><td colspan="4">No list of profiles was found.</td></tr></xsl:if>
    </tbody>
   </table>
   <xsl:if test="w:office">
    <table>
     <caption>What Office keeps beside the lists</caption>
     <thead><tr><th scope="col">Office</th><th scope="col">What</th><th scope="col">Value</th></tr></thead>
     <tbody>
      <xsl:for-each select="w:office">
       <xsl:variable name="version" select="@version"/>
       <xsl:if test="@outlook_build">
        <tr>
         <th scope="row" data-label="Office"><xsl:value-of select="$version"/></th>
         <td data-label="What">build of Outlook that brought the profiles up to date (inferred)</td>
         <td data-label="Value"><xsl:value-of select="@outlook_build"/><xsl:if test="@outlook_version">, version <xsl:value-of select="@outlook_version"/> (inferred)</xsl:if></td>
        </tr>
       </xsl:if>
       <xsl:for-each select="w:data_file">
        <tr>
         <th scope="row" data-label="Office"><xsl:value-of select="$version"/></th>
         <td data-label="What">data file known to search<xsl:if test="@in_profile = 1">, in a profile</xsl:if><xsl:if test="@in_profile = 0">, <strong>in no profile</strong></xsl:if></td>
         <td data-label="Value" class="path"><bdi><xsl:value-of select="@path"/></bdi></td>
        </tr>
       </xsl:for-each>
       <xsl:for-each select="w:identity | w:redirect | w:boot">
        <tr>
         <th scope="row" data-label="Office"><xsl:value-of select="$version"/></th>
         <td data-label="What">
          <xsl:choose>
           <xsl:when test="self::w:identity">identity, <bdi><xsl:value-of select="@name"/></bdi></xsl:when>
           <xsl:when test="self::w:redirect">autodiscover may lead to</xsl:when>
           <xsl:otherwise>boot diagnostics, <bdi><xsl:value-of select="@name"/></bdi><xsl:if test="@names_profile"> (names a profile)</xsl:if></xsl:otherwise>
          </xsl:choose>
         </td>
         <td data-label="Value" class="path">
          <bdi><xsl:value-of select="concat(@value, @host)"/></bdi>
          <xsl:if test="@bytes">held back (<xsl:value-of select="@bytes"/> bytes)</xsl:if>
         </td>
        </tr>
       </xsl:for-each>
      </xsl:for-each>
     </tbody>
    </table>
   </xsl:if>
   <xsl:for-each select="w:store/w:profile[w:property or r:cellobject or w:service][position() &lt;= $changes]">
    <details>
     <summary>Profile <bdi><xsl:value-of select="@name"/></bdi></summary>
     <xsl:call-template name="profile"/>
    </details>
   </xsl:for-each>
  </details>
 </xsl:template>
</xsl:stylesheet>
